/* Words sealed on the device: AES-GCM under the key of one log-in, which is never written beside them. */

const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

export const keyOf = (text) => crypto.subtle.importKey("raw", bytes(text), "AES-GCM", false, ["encrypt", "decrypt"]);

export const seal = async (key, content) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const clear = new TextEncoder().encode(JSON.stringify(content));
  return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, clear) };
};

/* Nothing when the key is another's. */
export const unseal = async (key, sealed) => {
  try {
    const clear = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.iv }, key, sealed.data);
    return JSON.parse(new TextDecoder().decode(clear));
  } catch {
    return null;
  }
};
