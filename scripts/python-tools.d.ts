export function pythonTools(): string;
