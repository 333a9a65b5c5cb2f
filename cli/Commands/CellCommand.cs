using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PelNas.Cli.Cells;
using PelNas.Cli.Hosting;
using PelNas.Functions;
using PelNas.Shared.Search;
using PelNas.Shared.Storage;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas cell</c>: looks up a cell and the others that compute its function.</summary>
internal static class CellCommand
{
    public static Command Create()
    {
        Argument<int> cell = CommonOptions.Cell();
        Option<bool> json = CommonOptions.Json();
        Option<string> tables = CommonOptions.Tables();
        StoreOptions store = new();
        Command command = new(
            "cell",
            """
            Look up a cell: its accuracies, size and latencies, and all cells that compute the same function.

            Example:
              pelnas cell 219
            """)
        {
            cell, tables, store.Data, store.Store, json,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            BenchmarkTables shipped = PelNasServices.OpenTables(parsed.GetValue(tables)!);
            using IHost app = store.Open(parsed);
            IReadOnlyList<BenchmarkContext> uploaded = LocalStore.MissingFile(app) is null
                ? await new BenchmarkCatalog(shipped, app.Services.GetRequiredService<DeviceRepository>())
                    .ListUploadedAsync(cancellationToken)
                : [];
            CellDetails details = new CellLookup(shipped, uploaded).Find(parsed.GetValue(cell));
            Verbs.Write(parsed.GetValue(json), details, () => CellView.Write(Terminal.Output(), details));
            return ExitCode.Done;
        });
        return command;
    }
}
