export interface Socket {
  readonly connected: boolean;
  readonly io: { engine: { close(): void } };
  on(event: string, listener: (...data: any[]) => void): Socket;
  timeout(ms: number): { emitWithAck(event: string, data: unknown): Promise<any> };
  connect(): Socket;
  disconnect(): Socket;
  readonly io: { engine: { close(): void } };
}
export function io(url: string, options: Record<string, unknown>): Socket;
