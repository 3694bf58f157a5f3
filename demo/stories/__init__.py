"""What happened in the demo shop. A story is a generator that yields when it goes on; `timeline` tells all of them in
the order of time.
"""
