"""Words and phrases of any script: what texts are found by, what queries ask for, and which words were misspelt."""
