"""A call as its parties hear it (extra ``audio``): left ear the contact, right ear the employee.

==============  =============================================================================
``countries``   how telephones ring and tell that a line is busy: a table that grows by a row
``score``       who hears what from when to when, read off the timeline
``notes``       what the sound does beside the timeline, told
``tones``       sines, edges, digits; ``music`` the melody, ``voices`` murmur and placeholder
``speech``      a text read by espeak-ng; ``fitting`` a recording brought to rate and level
``sounded``     all of it in samples, for a span or as a WAV file
==============  =============================================================================

The sound follows the timeline: each stretch of it begins and ends at its very sample, and what does
not fit is cut, followed by silence, or late, and told in `Sounded.notes`. Nothing is read here but
what `Hearing` brings along.
"""
