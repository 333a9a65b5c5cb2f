using PelNas.Shared.Tests.Comparison.Strategies;

namespace PelNas.Shared.Tests.Comparison;

public sealed class BenchmarkLogTests : FolderTest
{
    private string Rows => Folder.File(BenchmarkLog.RowsName);

    [Fact]
    public void What_was_appended_is_read_back_to_the_last_digit()
    {
        BenchmarkRow[] rows = [Row(1), Row(2) with { Proposer = "offline", Seconds = 1.25 }];
        Append(rows);
        using BenchmarkLog log = new(Folder.Path);
        rows.Select(row => log.Find(row.Key)).ShouldBe(rows);
        log.Curves().ShouldBe(rows.Select(Curve));
        log.Find(Row(3).Key).ShouldBeNull();
    }

    [Fact]
    public void A_last_line_that_was_cut_short_anywhere_is_dropped_and_written_anew()
    {
        Append(Row(1), Row(2));
        byte[] whole = File.ReadAllBytes(Rows);
        int second = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        for (int length = second; length < whole.Length; length++)
        {
            File.WriteAllBytes(Rows, whole[..length]);
            using (BenchmarkLog log = new(Folder.Path))
            {
                log.Contains(Row(1).Key).ShouldBeTrue();
                log.Contains(Row(2).Key).ShouldBeFalse();
                log.Append([Row(2)], [Curve(Row(2))]);
            }

            File.ReadAllBytes(Rows).ShouldBe(whole);
        }
    }

    [Fact]
    public void A_last_line_of_another_form_is_dropped()
    {
        Append(Row(1));
        File.AppendAllText(Rows, "\0\0\0\0,\0\n");
        using BenchmarkLog log = new(Folder.Path);
        log.Contains(Row(1).Key).ShouldBeTrue();
        log.Append([Row(2)], []);
        log.Dispose();
        File.ReadAllLines(Rows).Length.ShouldBe(3);
    }

    [Fact]
    public void A_damaged_line_before_the_last_is_refused_by_its_number()
    {
        Append(Row(1), Row(2), Row(3));
        string[] lines = File.ReadAllLines(Rows);
        lines[2] = lines[2].Replace(",5,", ",five,", StringComparison.Ordinal);
        File.WriteAllText(Rows, string.Join('\n', lines) + "\n");
        string message = Should.Throw<BenchmarkFileException>(() => new BenchmarkLog(Folder.Path)).Message;
        message.ShouldContain("Line 3");
        message.ShouldContain("'five' is not a whole number");
    }

    [Fact]
    public void A_table_of_another_kind_is_left_alone()
    {
        File.WriteAllText(Rows, "name,age\nAda,36\n");
        Should.Throw<BenchmarkFileException>(() => new BenchmarkLog(Folder.Path)).Message.ShouldContain("header");
        File.ReadAllText(Rows).ShouldBe("name,age\nAda,36\n");
    }

    [Fact]
    public void Runs_of_another_version_are_not_gone_on_with()
    {
        Append(Row(1) with { Version = "0.0.9" });
        Should.Throw<BenchmarkFileException>(() => new BenchmarkLog(Folder.Path)).Message.ShouldContain("version 0.0.9");

        // Refused, not held: the folder can be opened again.
        Should.Throw<BenchmarkFileException>(() => new BenchmarkLog(Folder.Path));
    }

    [Fact]
    public void A_second_writer_is_refused()
    {
        using BenchmarkLog log = new(Folder.Path);
        Should.Throw<IOException>(() => new BenchmarkLog(Folder.Path));
    }

    [Fact]
    public void Threads_append_whole_lines()
    {
        using (BenchmarkLog log = new(Folder.Path))
        {
            Parallel.For(0, 200, seed => log.Append([Row(seed)], [Curve(Row(seed))]));
        }

        using BenchmarkLog read = new(Folder.Path);
        Enumerable.Range(0, 200).ShouldAllBe(seed => read.Find(Row(seed).Key) == Row(seed));
    }

    private static BenchmarkRow Row(int seed) => new()
    {
        Key = new BenchmarkKey("random", "cifar10:fpga", LabelSources.Test, seed, 5),
        Proposer = null,
        Labels = 5,
        Functions = 4,
        Quality = Quality(seed),
        Scored = 10 + seed,
        Invalid = 2,
        Duplicates = 3,
        Seconds = 0.5,
    };

    private static CurveRow Curve(BenchmarkRow row) => new(row.Key, 3, row.Quality);

    private static FrontQuality Quality(int seed)
        => Trials.Fpga.Metrics.Evaluate([seed, 1000 + (seed * 7), 5000 + seed], LabelSources.Test);

    private void Append(params BenchmarkRow[] rows)
    {
        using BenchmarkLog log = new(Folder.Path);
        log.Append(rows, [.. rows.Select(Curve)]);
    }
}
