"""What the notebooks share: reading a run's tables, its dependencies, the scheduler's model, and the look of plots.

Everything here reads the tables alone, as plain DataFrames, and knows nothing of the job that wrote them.
"""
