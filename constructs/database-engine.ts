/** Engines of relational databases, open source only. */
export type DatabaseEngine = 'mysql' | 'postgres';

/** What RDS and Aurora call things of one engine. */
export interface EngineFacts {
  port: number;
  username: string;
  rds: EngineEdition;
  aurora: EngineEdition;
  /** Settings that refuse connections without TLS and write slow statements to the log; seconds become the engine's own unit. */
  parameters: (slowSeconds: number) => Record<string, string>;
}

export interface EngineEdition {
  engine: string;
  /** RDS picks the minor version of a major one and keeps it current; Aurora wants it in full. */
  version: string;
  family: string;
  logs: readonly string[];
}

/** Versions aws-cdk-lib 2.276 lists as current and AWS supports for years to come. */
export const ENGINES: Record<DatabaseEngine, EngineFacts> = {
  mysql: {
    port: 3306,
    username: 'admin',
    rds: { engine: 'mysql', version: '8.4', family: 'mysql8.4', logs: ['error', 'slowquery'] },
    aurora: { engine: 'aurora-mysql', version: '8.0.mysql_aurora.3.10.3', family: 'aurora-mysql8.0', logs: ['error', 'slowquery'] },
    parameters: (slowSeconds) => ({
      require_secure_transport: 'ON',
      slow_query_log: '1',
      long_query_time: String(slowSeconds),
      log_output: 'FILE',
    }),
  },
  postgres: {
    port: 5432,
    username: 'postgres',
    rds: { engine: 'postgres', version: '17', family: 'postgres17', logs: ['postgresql', 'upgrade'] },
    aurora: { engine: 'aurora-postgresql', version: '17.7', family: 'aurora-postgresql17', logs: ['postgresql'] },
    parameters: (slowSeconds) => ({ 'rds.force_ssl': '1', log_min_duration_statement: String(slowSeconds * 1000) }),
  },
};

/** Statements slower than this are worth reading about. */
export const SLOW_SECONDS = 1;

/** MySQL on the smallest burstable classes is the one combination without Performance Insights: RDS docs, engine support, 2026-11-22. */
export const hasPerformanceInsights = (engine: DatabaseEngine, instanceClass: string): boolean =>
  engine === 'postgres' || !/^db\.t\dg?\.(micro|small)$/.test(instanceClass);
