import { GetWorkGroupCommand, ListTagsForResourceCommand, ListWorkGroupsCommand } from '@aws-sdk/client-athena';
import { GetDatabaseCommand, GetTableCommand } from '@aws-sdk/client-glue';
import { ACCOUNT } from '../emulator';
import type { Readers } from './reader';

/** Catalogues of what lies in buckets, and who may ask for it. */
export const lakeReaders: Readers = {
  'AWS::Athena::WorkGroup': async ({ clients: { athena }, id }) => {
    // Athena calls one that is not there an invalid request.
    const { WorkGroups = [] } = await athena.send(new ListWorkGroupsCommand({}));
    if (!WorkGroups.some(({ Name }) => Name === id)) return undefined;
    const { WorkGroup } = await athena.send(new GetWorkGroupCommand({ WorkGroup: id }));
    const arn = `arn:aws:athena:${await athena.config.region()}:${ACCOUNT}:workgroup/${id}`;
    const { Tags } = await athena.send(new ListTagsForResourceCommand({ ResourceARN: arn }));
    return WorkGroup && { ...WorkGroup, WorkGroupConfiguration: WorkGroup.Configuration, Tags };
  },
  'AWS::Glue::Database': async ({ clients: { glue }, id: Name }) => {
    const { Database } = await glue.send(new GetDatabaseCommand({ Name }));
    return Database && { CatalogId: Database.CatalogId, DatabaseInput: Database };
  },
  'AWS::Glue::Table': async ({ clients: { glue }, id: Name, properties: { DatabaseName } }) => {
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: String(DatabaseName), Name }));
    return Table && { CatalogId: Table.CatalogId, DatabaseName: Table.DatabaseName, TableInput: Table };
  },
};
