using PelNas.Cli.Hosting;
using PelNas.Shared.Storage.Rows;
using PelNas.Shared.Storage.Transfer;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas store copy</c>: copies what one store has found into another.</summary>
internal static class StoreCommand
{
    public static Command Create() => new("store", "Copy what one store holds into another.") { Copy() };

    private static Command Copy()
    {
        Option<string> from = CommonOptions.Required("--from", "Store to read", "STORE");
        Option<string> to = CommonOptions.Required("--to", "Store to write", "STORE");
        Command command = new(
            "copy",
            """
            Copy runs, sweeps and uploaded latency tables from one store to another, from the embedded one to Azure tables or back.

            A store is a data folder, a .db file, the address of a table service, or UseDevelopmentStorage=true. Runs and sweeps that the
            target has finished stay as they are there, and so do latency tables that were uploaded there since, so a copy that was cut
            short can be made again. Stop the app first: of a search under way only what stands there is copied, and its orchestration
            stays where it is.

            Example:
              pelnas store copy --from ./pelnas-data --to https://myaccount.table.core.windows.net
            """)
        {
            from, to,
        };
        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            (string source, string target) = (parsed.GetValue(from)!, parsed.GetValue(to)!);
            IRowStore reading = StoreAddress.Open(source, from.Name);
            IRowStore writing = StoreAddress.Open(target, to.Name);
            using IDisposable? first = reading as IDisposable;
            using IDisposable? second = writing as IDisposable;
            if (source == target || StoreAddress.AreSame(reading, writing))
            {
                throw new UsageException("--from and --to name the same store.");
            }

            if (LocalStore.MissingFile(reading) is { } missing)
            {
                throw new UsageException($"{from.Name}: there is no store {missing}.");
            }

            CopyCounts counts = await StoreCopier.CopyAsync(reading, writing, new ConsoleProgress(), cancellationToken);
            Console.Out.WriteLine(
                $"copied {counts.Runs} runs, {counts.Sweeps} sweeps and {counts.DeviceTables} latency tables; "
                    + $"{counts.RunsThereAlready} runs were there already"
                    + (counts.RunsRefused == 0 ? "" : $", {counts.RunsRefused} were not copied"));
            return counts.RunsRefused == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    // Progress<T> would report on other threads and out of order.
    private sealed class ConsoleProgress : IProgress<CopiedRun>
    {
        public void Report(CopiedRun value)
        {
            if (value.Refusal is { } refusal)
            {
                Console.Error.WriteLine($"pelnas: the run {value.RunId} was not copied: {refusal}");
            }
            else
            {
                Console.Out.WriteLine($"run {value.RunId}");
            }
        }
    }
}
