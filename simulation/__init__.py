"""A retailer made of numbers: every raw table, any size, seeded.

``python -m simulation --size sample --out DIR`` writes the files,
``python -m simulation.check DIR`` proves what they promise. See README.md.
"""
