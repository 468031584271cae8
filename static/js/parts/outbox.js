// What waits on this phone to be sent: entries by their id, and whose phone this is.
// Nothing here is shown to anybody but the account that wrote it.

const NAME = "lishui-volunteer";

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("entries", { keyPath: "id" });
      request.result.createObjectStore("profile", { keyPath: "key" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Do one thing with a store; resolves once it is on the disk. */
async function run(store, mode, work) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const request = work(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const keep = (entry) => run("entries", "readwrite", (store) => store.put(entry));
export const drop = (id) => run("entries", "readwrite", (store) => store.delete(id));
export const saveProfile = (profile) =>
  run("profile", "readwrite", (store) => store.put({ key: "me", ...profile }));
export const savedProfile = () => run("profile", "readonly", (store) => store.get("me"));

/** A number of this phone's own, drawn once: many people's records from one phone show by it. */
export async function deviceNumber() {
  const known = await run("profile", "readonly", (store) => store.get("device"));
  if (known) return known.number;
  const number = crypto.randomUUID();
  await run("profile", "readwrite", (store) => store.put({ key: "device", number }));
  return number;
}

const running = (account) => `running-${account}`;
export const saveRunning = (account, since) =>
  run("profile", "readwrite", (store) => store.put({ key: running(account), since }));
export const savedRunning = (account) =>
  run("profile", "readonly", (store) => store.get(running(account)));
export const dropRunning = (account) =>
  run("profile", "readwrite", (store) => store.delete(running(account)));

/** The entries, the oldest first. */
export async function kept() {
  const entries = await run("entries", "readonly", (store) => store.getAll());
  return entries.sort((one, other) => one.keptAt - other.keptAt);
}
