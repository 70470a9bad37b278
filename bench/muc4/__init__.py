"""Fills MUC-4 incident templates from sayso's readings; the program is bench/muc4.py."""
