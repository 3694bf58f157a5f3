"""The pages on this computer: built, uploaded and built again on change, or served by Vite."""
