"""Benchmarks: started by hand or by `make bench`, never by `make test`. They print tables and write `build/bench/`."""
