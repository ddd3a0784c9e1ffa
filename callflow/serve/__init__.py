"""The preview: a page on which a call is seen, changed, stepped, compared and heard.

============  =====================================================================================
``desk``      the one function that the page asks: a question in JSON, an answer in JSON
``pictures``  what the page shows of a call, in the sizes of a page
``page``      the page itself: HTML, one style sheet, modules; it holds no logic of calls
``file``      the case file on the command line: read, watched, changed in place
``web``       desk, page and file over HTTP, and who may ask
``server``    what listens, on this machine alone unless told otherwise
``words``     what stands on the page's buttons
============  =====================================================================================

The desk knows no HTTP and no file, so that a library that runs in the page can take the server's
place.
"""
