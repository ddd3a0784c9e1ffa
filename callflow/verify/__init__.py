"""Whether a call is what it should be: expectations written down, checked, and told when they fail.

================  ========================================================================
``grammar``       sentences as lists of words with holes: reading, and what could stand where
``bounds``        a length or a moment with its tolerance
``sentences``     THE PATTERNS: every sentence that can be written, and what it asks
``verdict``       what came of an expectation: holds or not, where, and on which clauses
``answers``       each pattern asked of a timeline
``sequences``     what a leg lives through, and the steps, in order, as exact as wanted
``expectations``  what stands under ``expect:`` in a case file
``check``         a case checked: each expectation with what came of it
``find``          the cases that files and folders stand for
``chosen``        which expectations some words ask for
``accept``        what happens now, written down as what is expected
``coverage``      which rules and clauses cases exercise
``records``       what was seen of a real call
``observed``      a real call held against a case
``run``           many cases checked, by one process or several
``report``        what came of it, as text for people and as data
``junit``         the same as JUnit XML
================  ========================================================================

Nothing here says what happens next in a call: it asks the timeline, and the timeline the table.
"""
