// Reads [{ "name", "query" }] and { table: "(Column: type, ...)" } as one JSON object { queries, tables } from standard input; writes
// [{ "name", "faults": ["..."], "columns": ["..."] }]: what the Kusto parser finds wrong and the columns that the query returns.
require('@kusto/language-service-next/bridge.min');
require('@kusto/language-service-next/Kusto.Language.Bridge.min');

const { KustoCode, GlobalState, Symbols } = Kusto.Language;
const { queries, tables } = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const symbols = Object.entries(tables).map(([name, schema]) => new Symbols.TableSymbol.$ctor7(name, schema));
const globals = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('telemetry', symbols));
const list = all => Array.from({ length: all.Count }, (_, i) => all.getItem(i));

process.stdout.write(JSON.stringify(queries.map(({ name, query }) => {
  const code = KustoCode.ParseAndAnalyze(query, globals);
  return {
    name,
    faults: list(code.GetDiagnostics()).map(fault => `${fault.Message} (at ${fault.Start})`),
    columns: code.ResultType && code.ResultType.Columns ? list(code.ResultType.Columns).map(column => column.Name) : [],
  };
})));
