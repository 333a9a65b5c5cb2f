using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PelNas.Cli.Cells;
using PelNas.Cli.Hosting;
using PelNas.Functions;
using PelNas.Shared.Search;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Storage.Rows.Sqlite;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas cell</c>: looks up a cell and the others that compute its function.</summary>
internal static class CellCommand
{
    public static Command Create()
    {
        Argument<string> architecture = new("CELL")
        {
            Description = "Index of the cell, or the cell in quotes: '|op~0|+|op~0|op~1|+|op~0|op~1|op~2|'",
        };
        Option<bool> json = CommonOptions.Json();
        Option<string> tables = CommonOptions.Tables();
        Option<string> data = CommonOptions.Data();
        Option<string?> store = CommonOptions.Store();
        Command command = new(
            "cell",
            "Look up a cell: its accuracies, size and latencies, and all cells that compute the same function.\n\n"
            + "Example:\n"
            + "  pelnas cell 219")
        {
            architecture, tables, data, store, json,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            BenchmarkTables shipped = PelNasServices.OpenTables(parsed.GetValue(tables)!);
            if (!CellText.TryRead(shipped.Space, parsed.GetValue(architecture)!, out int index, out string? error))
            {
                throw new UsageException($"CELL: {error}");
            }

            IReadOnlyList<BenchmarkContext> uploaded = await UploadedAsync(
                shipped, parsed.GetValue(data)!, parsed.GetValue(store), cancellationToken);
            CellDetails details = new CellLookup(shipped, uploaded).Find(index);
            Verbs.Write(parsed.GetValue(json), details, () => CellView.Write(Terminal.Output(), details));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<IReadOnlyList<BenchmarkContext>> UploadedAsync(
        BenchmarkTables tables, string data, string? store, CancellationToken cancellationToken)
    {
        using IHost app = LocalStore.Build(data, store);

        // Reading an embedded store that is not there would create it.
        IRowStore rows = app.Services.GetRequiredService<IRowStore>();
        return rows is SqliteRowStore { Location: var file } && !File.Exists(file)
            ? []
            : await new BenchmarkCatalog(tables, new DeviceRepository(rows)).ListUploadedAsync(cancellationToken);
    }
}
