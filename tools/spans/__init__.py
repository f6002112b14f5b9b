"""Teaches the network that finds skills in texts: ``train.py``, ``soften.py`` and ``export.py``, in this order.

They want PyTorch, which the product does not: each names what it needs at its head, and ``uv run --script`` fetches it.
The sets lie under ``JOBTRACKER_DATA``.
"""
