// Media descriptions (SDP) on their way out: only what the server needs, and nothing that holds an address.

const KEPT =
  /^(v=|o=|s=|t=|m=|a=(group|mid|ice-ufrag|ice-pwd|fingerprint|setup|rtcp-mux|sendonly|recvonly|inactive|rtpmap|extmap:\d+ \S*transport-wide-cc|ssrc:\d+ cname))/;

/** @param {string} sdp */
export const reduce = (sdp) =>
  `${sdp
    .split(/\r?\n/)
    .filter((line) => KEPT.test(line))
    .join("\r\n")}\r\n`;
