using Spectre.Console;

namespace PelNas.Cli.Benchmarking;

/// <summary>A progress bar on stderr, when that is a terminal; nothing otherwise, so that logs and pipes stay clean.</summary>
internal static class ProgressBar
{
    /// <summary>Runs some work whose progress counts up to a total.</summary>
    public static async Task RunAsync(int total, Func<IProgress<int>?, Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work(null);
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask("rows", maxValue: total);
                await work(new Direct(bar));
            });
    }

    // Progress<T> posts to the thread pool, where reports overtake each other.
    private sealed class Direct(ProgressTask bar) : IProgress<int>
    {
        public void Report(int value) => bar.Value = Math.Max(bar.Value, value);
    }
}
