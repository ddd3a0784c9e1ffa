// What the page lives on: the desk, and the case file. This is the only module that knows where
// they are; with the library in the page itself, another one with the same functions stands here.

/** Nobody answers. */
export class Gone extends Error {}

async function sent(path, body) {
  const given = body === undefined ? {} : {
    method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify(body),
  };
  const answer = await fetch(path, {...given, cache: "no-store"}).catch(() => { throw new Gone(); });
  const told = await answer.json().catch(() => { throw new Gone(); });
  if (!answer.ok) throw new Error(told.error);
  return told;
}

/** The answer of the desk to a question; see callflow/serve/desk. */
export const ask = (question) => sent("desk", question);

/** The case file of the command line, with its case or what is wrong with it; null: there is none. */
export const givenFile = () => sent("file");

/** Change the values in the case file that are others in a case, if it is still the one of the stamp. */
export const saveFile = (kept, stamp) => sent("file", {case: kept, stamp});

/** Put the nearest right word in the place of a wrong one, in a line of the case file. */
export const repairFile = (repair) => sent("file", {repair});

/** Call back whenever the case file is another one than the stamp that `known` tells. */
export function onFileChange(known, callback) {
  const look = async () => {
    try {
      if (await sent("news") !== known()) await callback();
    } catch {
      // nobody is there: the next question says so
    }
    setTimeout(look, 400);
  };
  look();
}
