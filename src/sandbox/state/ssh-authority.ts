import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** Signs the keys of people, so that none has to be uploaded. */
export interface SshAuthority {
  /** Its public key, as a line of an `authorized_keys` file. */
  readonly publicKey: string;
  /**
   * A user certificate for an Ed25519 public key.
   *
   * @param publicKey `ssh-ed25519 BASE64`, a comment behind it is left out
   * @param about whom it is for, and from when till when it is valid, in seconds since 1970
   * @returns the line of the certificate file, or undefined when the key is not such a key
   */
  certify(
    publicKey: string,
    about: { readonly account: string; readonly from: number; readonly until: number },
  ): string | undefined;
}

const keyType = "ssh-ed25519";
const certificateType = "ssh-ed25519-cert-v01@openssh.com";
const userCertificate = 1;

/** A new authority with a key of its own (OpenSSH, PROTOCOL.certkeys). */
export function newSshAuthority(): SshAuthority {
  const pair = generateKeyPairSync("ed25519");
  const { x = "" } = pair.publicKey.export({ format: "jwk" });
  const authority = joined(text(keyType), field(Buffer.from(x, "base64url")));
  return {
    publicKey: `${keyType} ${authority.toString("base64")}`,
    certify: (publicKey, { account, from, until }) => {
      const subject = ed25519Key(publicKey);
      if (subject === undefined) return undefined;
      const body = joined(
        text(certificateType),
        field(randomBytes(32)),
        field(subject),
        number64(1),
        number32(userCertificate),
        text(account),
        field(text(account)),
        number64(from),
        number64(until),
        text(""),
        field(joined(text("permit-pty"), text(""))),
        text(""),
        field(authority),
      );
      const signature = joined(text(keyType), field(sign(null, body, pair.privateKey)));
      return `${certificateType} ${joined(body, field(signature)).toString("base64")}`;
    },
  };
}

/** The 32 bytes of the key: after its type and their length, in the blob. */
function ed25519Key(publicKey: string): Buffer | undefined {
  const [type, encoded = ""] = publicKey.trim().split(/\s+/);
  const blob = Buffer.from(encoded, "base64");
  const key = blob.subarray(-32);
  const expected = joined(text(keyType), field(key));
  return type === keyType && blob.equals(expected) ? key : undefined;
}

function joined(...parts: readonly Buffer[]): Buffer {
  return Buffer.concat(parts);
}

function text(value: string): Buffer {
  return field(Buffer.from(value));
}

function field(value: Buffer): Buffer {
  return joined(number32(value.length), value);
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function number64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}
