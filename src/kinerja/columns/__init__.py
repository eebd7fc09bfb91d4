"""A policy on whole tables: the same exact answers as one record at a time, at the speed of arrays.

What lives here: the formula on arrays (numpy comes in here and nowhere below), reading frames, and what
decides the rows that floats cannot. What never comes in: files, YAML, rule kinds.
"""
