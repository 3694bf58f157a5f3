"""Writes that are atomic across contexts: the only code besides the owning context that writes those tables.

A payment that succeeds marks its order paid and sells its stock in one transaction, so the statements that do it are
shared; everything else about orders stays in `ordering`, everything else about stock in `catalog`.
"""
