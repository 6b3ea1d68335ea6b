/** Engines of relational databases, open source only. */
export type DatabaseEngine = 'mysql' | 'postgres';

/** What RDS and Aurora call things of one engine. */
export interface EngineFacts {
  port: number;
  username: string;
  rds: EngineEdition;
  aurora: EngineEdition;
}

export interface EngineEdition {
  engine: string;
  /** In full, as templates are checked before they are deployed; RDS keeps the minor version current by itself from then on. */
  version: string;
  family: string;
  logs: readonly string[];
  /** Settings that refuse connections without TLS and write slow statements to the log. */
  parameters: Readonly<Record<string, string>>;
  /** Settings without which a copy in another region does not forward writes. @default none are needed */
  forwarding?: Readonly<Record<string, string>>;
}

/** Statements slower than this, in seconds, are worth reading about. */
const SLOW = 1;
const SLOW_MYSQL = { slow_query_log: '1', long_query_time: String(SLOW), log_output: 'FILE' };
const POSTGRES = { 'rds.force_ssl': '1', log_min_duration_statement: String(SLOW * 1000) };

/** Versions aws-cdk-lib 2.276 lists as current and AWS supports for years to come. */
export const ENGINES: Record<DatabaseEngine, EngineFacts> = {
  mysql: {
    port: 3306,
    username: 'admin',
    rds: {
      engine: 'mysql',
      version: '8.4.9',
      family: 'mysql8.4',
      logs: ['error', 'slowquery'],
      parameters: { require_secure_transport: '1', ...SLOW_MYSQL },
    },
    aurora: {
      engine: 'aurora-mysql',
      version: '8.0.mysql_aurora.3.10.3',
      family: 'aurora-mysql8.0',
      logs: ['error', 'slowquery'],
      // The same switch, but Aurora wants the word.
      parameters: { require_secure_transport: 'ON', ...SLOW_MYSQL },
      // A session sees what it wrote; Aurora PostgreSQL does so by default.
      forwarding: { aurora_replica_read_consistency: 'SESSION' },
    },
  },
  postgres: {
    port: 5432,
    username: 'postgres',
    rds: { engine: 'postgres', version: '17.9', family: 'postgres17', logs: ['postgresql', 'upgrade'], parameters: POSTGRES },
    aurora: { engine: 'aurora-postgresql', version: '17.7', family: 'aurora-postgresql17', logs: ['postgresql'], parameters: POSTGRES },
  },
};

/** MySQL on the smallest burstable classes is the one combination without Performance Insights: RDS docs, engine support, 2026-11-22. */
export const hasPerformanceInsights = (engine: DatabaseEngine, instanceClass: string): boolean =>
  engine === 'postgres' || !/^db\.t\dg?\.(micro|small)$/.test(instanceClass);
