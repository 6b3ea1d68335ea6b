/** A program that has to be installed by hand is not there; the message says how. */
export class MissingTool extends Error {}

/**
 * Builds the commands of test/tools/go/<name> with Go, once: what its go.mod lists as tools, and its own main packages, each under the last
 * element of its path. Takes minutes the first time and says so on stderr.
 * @returns the folder of the programs
 * @throws {MissingTool} without Go
 * @throws {Error} when the build fails, with what Go said
 */
export function goTools(name: string): Promise<string>;

/**
 * Downloads a module that test/tools/go/<name>/go.mod requires, for its files.
 * @returns its folder
 * @throws {MissingTool} without Go
 * @throws {Error} when it cannot be had or its checksum is another
 */
export function goModule(name: string, path: string): Promise<string>;
