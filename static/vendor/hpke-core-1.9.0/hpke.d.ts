// What we use of it.
type Bytes = Uint8Array<ArrayBuffer>;
interface Psk {
  id: Bytes;
  key: Bytes;
}
interface Kem {
  /** Throws for what is no public key. */
  importKey(format: "raw", key: Bytes, isPublic: true): Promise<CryptoKey>;
}
export declare class DhkemX25519HkdfSha256 {}
export declare class HkdfSha256 {}
export declare class Aes256Gcm {}
export declare class CipherSuite {
  constructor(parts: { kem: DhkemX25519HkdfSha256; kdf: HkdfSha256; aead: Aes256Gcm });
  readonly kem: Kem;
  seal(
    to: { recipientPublicKey: CryptoKey; info: Bytes; psk?: Psk; ekm?: CryptoKeyPair },
    plain: Bytes,
    aad: Bytes,
  ): Promise<{ enc: ArrayBuffer; ct: ArrayBuffer }>;
  open(from: { recipientKey: CryptoKeyPair; enc: Bytes; info: Bytes; psk?: Psk }, ct: Bytes, aad: Bytes): Promise<ArrayBuffer>;
}
export {};
