using System.Diagnostics;
using System.Reflection;

namespace PelNas.Local.Tests.Engine.Faults;

/// <summary>Kills a process that runs orchestrations, again and again, until they have come to their end.</summary>
public sealed class KilledProcessTests : EngineTest
{
    /// <summary>What the test program is called with, before the history's path.</summary>
    public const string Verb = "run-sample-workflow";

    /// <summary>Runs the sample to its end. Writes a line for each activity that has run, and the result.</summary>
    public static async Task<int> RunAsync(string historyPath)
    {
        SampleWorkflow sample = new();
        sample.Functions.Ran += Console.Out.WriteLine;
        await using TestEngine engine = await sample.StartAsync(historyPath);
        for (int n = 0; n < 3; n++)
        {
            if (await engine.Client.GetInstanceAsync($"short{n}", CancellationToken.None) is null)
            {
                await engine.ScheduleAsync("Root", id: $"short{n}");
            }
        }

        for (int n = 0; n < 3; n++)
        {
            Console.WriteLine("=" + (await engine.FinishAsync($"short{n}")).ReadOutputAs<string>());
        }

        return 0;
    }

    [Fact]
    public async Task Whatever_moment_a_process_is_killed_at_the_next_one_goes_on_and_repeats_nothing_that_was_recorded()
    {
        List<string> results = [];
        HashSet<string> finished = [];
        int kills = 0;
        for (int most = 2; results.Count < 3; most++)
        {
            using Process process = Start();
            List<string> ran = [];
            while (ran.Count < most && await process.StandardOutput.ReadLineAsync(Cancellation) is { } line)
            {
                (line[0] == '=' ? results : ran).Add(line);
            }

            kills += process.HasExited ? 0 : 1;
            process.Kill();
            await process.WaitForExitAsync(Cancellation);
            ran.ShouldAllBe(activity => !finished.Contains(activity));
            finished.UnionWith(ran.Except(SampleWorkflow.Unfinished(HistoryPath)));
            results = results.Count < 3 ? [] : results;
        }

        kills.ShouldBeGreaterThan(2);
        results.ShouldAllBe(result => result == "=" + SampleWorkflow.Expected);
    }

    private Process Start()
    {
        string program = Path.ChangeExtension(Assembly.GetExecutingAssembly().Location, OperatingSystem.IsWindows() ? ".exe" : null)!;
        return Process.Start(new ProcessStartInfo(program, [Verb, HistoryPath]) { RedirectStandardOutput = true })!;
    }
}
