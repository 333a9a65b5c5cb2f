using PelNas.Cli.Proxies;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Proxies;

namespace PelNas.Cli.Tests.Proxies;

/// <summary>
/// The table that <c>pelnas proxies --all</c> writes: by processes that are killed, that start at once, and that are given other images.
/// </summary>
public sealed class ProxyTableTests : PelnasTest
{
    private const int Record = 1 + (3 * 32 * 32);
    private const int Images = 20;

    private string Table => Pelnas.In("table.csv");

    [Fact]
    public async Task A_process_that_is_killed_again_and_again_leaves_the_table_of_one_that_was_not()
    {
        string whole = Pelnas.In("whole.csv");
        (await Pelnas.RunAsync(Arguments(whole))).ShouldSucceed();
        byte[] expected = await File.ReadAllBytesAsync(whole, Cancellation);

        for (int part = 1; part <= 4; part++)
        {
            await Pelnas.KillAtSizeAsync(Table, expected.Length * part / 5, Arguments(Table));
            new FileInfo(Table).Length.ShouldBeLessThan(expected.Length);
        }

        Finished last = (await Pelnas.RunAsync(Arguments(Table))).ShouldSucceed();
        last.Output.ShouldNotContain("5220 computed now");
        (await File.ReadAllBytesAsync(Table, Cancellation)).ShouldBe(expected);

        Pelnas.Environment["DOTNET_GCHeapHardLimit"] = "0x10000000";
        Finished limited = await Pelnas.RunAsync([.. Arguments(Table), "--workers", "64"]);
        limited.Output.ShouldContain("0 computed now");
        limited.Errors.ShouldContain("of 64 workers: each takes up to");
    }

    [Fact]
    public async Task A_table_that_another_process_writes_is_left_alone()
    {
        await Pelnas.KillAtSizeAsync(Table, 100, Arguments(Table));
        byte[] before = await File.ReadAllBytesAsync(Table, Cancellation);
        await using (FileStream held = new(Table, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Finished refused = await Pelnas.RunAsync(Arguments(Table));
            refused.ShouldFail(2, $"--output: another process is writing {Table}");
        }

        (await File.ReadAllBytesAsync(Table, Cancellation)).ShouldBe(before);
    }

    [Fact]
    public async Task Images_are_known_by_what_is_in_them_and_not_by_their_folder()
    {
        string first = WriteImages("first", 1);
        await Pelnas.KillAtSizeAsync(Table, 100, [.. Arguments(Table), "--images", first]);
        Directory.Move(first, Pelnas.In("moved"));

        // It goes on: there is more of the table than before.
        await Pelnas.KillAtSizeAsync(Table, new FileInfo(Table).Length + 2_000, [.. Arguments(Table), "--images", Pelnas.In("moved")]);

        Finished other = await Pelnas.RunAsync([.. Arguments(Table), "--images", WriteImages("first", 2)]);
        other.ShouldFail(2, "holds no scores of these settings");
    }

    [Fact]
    public async Task A_table_without_its_settings_is_refused_and_kept()
    {
        await File.WriteAllTextAsync(Table, "index,params,l2_norm\n0,1,2\n", Cancellation);
        Finished refused = await Pelnas.RunAsync(Arguments(Table));
        refused.ShouldFail(2, "table.csv.settings.json");
        (await File.ReadAllTextAsync(Table, Cancellation)).ShouldEndWith("0,1,2\n");
        File.Exists(Table + ".settings.json").ShouldBeFalse("it would say of the table what nobody knows");
    }

    [Fact]
    public async Task Images_that_cannot_be_read_leave_nothing_behind()
    {
        string folder = Pelnas.In("tables");
        Finished refused = await Pelnas.RunAsync([.. Arguments(Path.Combine(folder, "table.csv")), "--images", Pelnas.In("none")]);
        refused.ShouldFail(1, "The folder of images");
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public async Task Of_several_that_open_a_new_table_at_once_one_has_it()
    {
        const int Openers = 8;
        for (int round = 0; round < 200; round++)
        {
            string table = Pelnas.In($"{round}.csv");
            using Barrier start = new(Openers);
            string?[] versions = await Task.WhenAll(Enumerable.Range(1, Openers).Select(seed => OpenAsync(table, seed, start)));

            // Whether the others came while the first had the table or after it: they have been refused, and the settings are of who wrote.
            string version = versions.Where(opened => opened is not null).ShouldHaveSingleItem()!;
            (await File.ReadAllTextAsync(table + ".settings.json", Cancellation)).ShouldContain($"\"{version}\"");
            (await File.ReadAllTextAsync(table, Cancellation)).ShouldBe($"index,params\n{version[^7]},1\n");
        }
    }

    private static string[] Arguments(string table)
        => ["proxies", "--all", "--output", table, "--proxies", "params,l2_norm,synflow", "--channels", "1", "--cells", "1", "--batch", "8"];

    /// <summary>
    /// Opens a table of the settings with a seed, adds the seed's row and closes it; the version of its settings, or null where it was
    /// refused.
    /// </summary>
    private static Task<string?> OpenAsync(string table, int seed, Barrier start) => Task.Factory.StartNew(
        () =>
        {
            ProxySettings settings = new() { Shape = NetworkShape.Of("cifar10", 1, 1), Seed = seed };
            start.SignalAndWait(Cancellation);
            try
            {
                using ProxyTableFile file = ProxyTableFile.Open(table, settings, ["params"]);
                file.Add(seed, [new ProxyScore(1, null)]);
                return settings.Version;
            }
            catch (UsageException)
            {
                return null;
            }
        },
        Cancellation,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private string WriteImages(string name, byte value)
    {
        string folder = Directory.CreateDirectory(Pelnas.In(name)).FullName;
        byte[] records = [.. Enumerable.Range(0, Images * Record)
            .Select(i => i % Record == 0 ? (byte)(i / Record % 2) : (byte)(i * value))];
        File.WriteAllBytes(Path.Combine(folder, "data_batch_1.bin"), records);
        return folder;
    }
}
