import { ApiServer } from './api-server';
import { ControlPlane } from './control-plane';
import { addCustomResources } from './custom-resources';
import { Judge } from './verdict';
import { Volumes } from './volumes';

/** Gives a judge with a control plane of its own to whoever needs one, for as long as that takes. */
export async function withJudge(use: (judge: Judge) => Promise<void>): Promise<void> {
  const plane = await ControlPlane.start();
  const server = new ApiServer(plane);
  try {
    await addCustomResources(server);
    const volumes = new Volumes(server);
    await use(new Judge(server, volumes)).finally(() => volumes.stop());
  } finally {
    server.close();
    await plane.stop();
  }
}
