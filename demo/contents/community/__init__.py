"""The community of the demo shop: who they are, what they write to each other, their polls and groups.

`people` are data in Python. What is said stands in `scenes/`, written like the scenes of a play, and `script` reads it.
All of it is invented: nobody here lives, and what they say of companies is talk, not facts.
"""
