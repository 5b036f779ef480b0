"""Many drafts at once: in this process, in worker processes, or in an executor of the caller's.

``running.run`` does any work on any list of drafts, in order; ``exports`` and ``checks`` say what
the work is, ``ledger`` what need not be done again, ``report`` what a program reads afterwards.
"""
