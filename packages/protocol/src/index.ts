export type {
  ClientFrame,
  ClientFrameType,
  EventFrame,
  LiveRedirectMountFrame,
  MountBatchFrame,
  MountFrame,
  PingFrame,
  RequestHtmlFrame,
  UnknownFrame,
  UploadRegisterFrame,
  UploadResumeFrame,
  UrlChangeFrame,
} from './client-frames.ts';
export { decode, encode } from './codec.ts';
export {
  type Chunk,
  OP,
  OP_ARITY,
  type OpArg,
  type OpCode,
  type OpGroup,
  type Ops,
  OpWriter,
  ROOT_ID,
  type Rows,
  type RowValue,
} from './compact.ts';
export { HINTS, publicText } from './error-texts.ts';
export { DjustError, ERRORS, type ErrorCode, type Fault, type FaultOrigin, fail, faultOf } from './errors.ts';
export {
  agree,
  type ClientExt,
  EXT_VERSION,
  type ExtFeature,
  type ExtOffer,
  FEATURES,
  type MountOutcome,
  type ServerExt,
} from './extensions.ts';
export { type FlatOp, flatOps, numberIds, targetOf } from './flat-ops.ts';
export { checkClientFrame, checkShape, isPath } from './guards.ts';
export { type Json, type JsonObject, pointerStep, type Result } from './json.ts';
export { CLOSE, type CloseCode, type ClosePolicy, closePolicy, LIMITS } from './limits.ts';
export { expectedOf, type ParamFault, type ParamSchema, paramFault } from './param-schema.ts';
export type { Patch, PatchType, Path, UnknownPatch, VNode } from './patch.ts';
export type {
  ConnectFrame,
  EmbeddedUpdateFrame,
  ErrorFrame,
  FlashFrame,
  HtmlRecoveryFrame,
  HtmlUpdateFrame,
  MountReply,
  NavigateFrame,
  NavigationFrame,
  NoopFrame,
  PageMetadataFrame,
  PatchFrame,
  PatchSource,
  PongFrame,
  PushEventFrame,
  RateLimitFrame,
  ReloadFrame,
  ServerFrame,
  ServerFrameType,
  StreamFrame,
  StreamOp,
  UploadProgressFrame,
  UploadRegisteredFrame,
  UploadResumedFrame,
} from './server-frames.ts';
export { TAP, type TapData, type TapHub, type TapPort, type TapWire } from './tap.ts';
export {
  CLOSE_BOUNDARY,
  fromBase62,
  isBoundary,
  isClosing,
  isSignificant,
  openBoundary,
  openingId,
  type TreeNode,
  toBase62,
} from './tree-rules.ts';
