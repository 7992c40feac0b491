/* What waits on the device, in one IndexedDB: sealed entries by their key, the sealed day, whose they are. */

const NAME = "ancrage-route";

const opened = () =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("entries", { keyPath: "id" });
      asked.result.createObjectStore("day", { keyPath: "id" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

const run = async (store, mode, act) => {
  const base = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = base.transaction(store, mode);
      const asked = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = () => reject(transaction.error);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    base.close();
  }
};

export const put = (store, row) => run(store, "readwrite", (rows) => rows.put(row));
export const all = (store) => run(store, "readonly", (rows) => rows.getAll());
export const remove = (store, id) => run(store, "readwrite", (rows) => rows.delete(id));

/* All of it, the page's cache and its worker too. */
export const wipe = async (worker = false) => {
  sessionStorage.clear();
  await Promise.all(["entries", "day"].map((store) => run(store, "readwrite", (rows) => rows.clear())));
  if (!worker) return;
  for (const name of await caches.keys()) await caches.delete(name);
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
};
