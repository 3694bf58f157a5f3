"""Packages of functions and layers, made without Docker and the same on every machine.

A package is a folder that Lambda unpacks: under `/var/task` for a function, under `/opt` for a layer. Third-party
packages are wheels for the target's Python and architecture, whatever this machine has. All bytecode is compiled in the
"unchecked-hash" mode of PEP 552: files in an archive are dated 1980, so bytecode checked by date would never be valid.

`contents` says what goes into which package, `build` makes them, `python -m infra.packaging` is the command.
"""
