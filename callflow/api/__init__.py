"""The request as the API judges it: from bytes through the server's checks to the reply.

==============  ===========================================================================
``wire``        JSON values that keep their numbers as they were written, and JSON text
``parameters``  the table of parameters
``echo``        what of a request may be shown, and how; secrets are masked
``errors``      the table of errors, one error, and the refusal that carries it
``decoding``    bytes to JSON value, as strictly as the server
``account``     what the platform knows of the client
``sentences``   what is wrong and how to repair it, in our words
``order``       the checks, in the server's order: one table, one generator
``request``     the request, once it is accepted
``validation``  strict check and lint: of bytes, of an envelope, of a case's request
``reply``       the answer to an accepted request
==============  ===========================================================================

Each imports only what stands above it. The room knows no case and no file, and nothing of what a
call does.
"""
