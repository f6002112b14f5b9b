"""Where each field of a profile stands in the text that it was read from, and how sure it is.

``evidence.evidence_of`` is what others call. It knows nothing of how a profile was read: it looks for what the profile
says, wherever the text says it.
"""
