// Loaded before the program whose pictures are drawn: in them it is always the same morning, on which the clock goes on.
const begun = Date.now();
const morning = Date.parse("2026-01-05T09:00:00Z");
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() - begun + morning);
    else super(...given);
  }
  static now() {
    return RealDate.now() - begun + morning;
  }
};
