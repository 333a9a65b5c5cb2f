using Spectre.Console;

namespace PelNas.Cli.Benchmarking;

/// <summary>A progress bar on stderr, when that is a terminal; nothing otherwise, so that logs and pipes stay clean.</summary>
internal static class ProgressBar
{
    /// <summary>Runs some work whose progress counts up to a total.</summary>
    /// <param name="total">Where it ends.</param>
    /// <param name="done">Where it begins: what an earlier run of the command has done already.</param>
    /// <param name="work">The work; told null when there is no terminal.</param>
    public static async Task RunAsync(int total, int done, Func<IProgress<int>?, Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work(null);
            return;
        }

        // Stderr is a terminal; left to detect that, the console would look at stdout, which may go to a file.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Interactive = InteractionSupport.Yes,
        });
        await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                // A benchmark that goes on begins where it was.
                ProgressTask bar = context.AddTask("rows", maxValue: total);
                bar.Value = done;
                await work(new Direct(bar));
            });
    }

    // Progress<T> posts to the thread pool, where reports overtake each other.
    private sealed class Direct(ProgressTask bar) : IProgress<int>
    {
        public void Report(int value) => bar.Value = Math.Max(bar.Value, value);
    }
}
