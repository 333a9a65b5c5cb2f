namespace PelNas.Shared.Tests.Tables;

/// <summary>The rows that the authors of HW-NAS-Bench print in their notebook, at full precision.</summary>
public sealed class OfficialExamplesTests
{
    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();

    [Fact]
    public void Latencies_agree_with_the_official_rows_to_the_digits_shipped()
    {
        string[] columns = File.ReadLines(ShippedTable.PathOf("hwnasbench-official-examples.csv")).First().Split(',');
        int compared = 0;
        foreach (string[] row in ShippedTable.Rows("hwnasbench-official-examples.csv"))
        {
            foreach (DeviceInfo device in Tables.Devices.Where(
                device => device.Datasets.Contains(row[1]) && device.Source.StartsWith("HW-NAS-Bench", StringComparison.Ordinal)))
            {
                double official = double.Parse(row[Array.IndexOf(columns, $"{device.Name}_latency")], CultureInfo.InvariantCulture);
                Tables.GetContext(row[1], device.Name).LatencyMs[int.Parse(row[0])]
                    .ShouldBe(official, official * 5e-7, $"{device.Name} {row[1]} {row[0]}");
                compared++;
            }
        }

        compared.ShouldBe(3 * 18);
    }
}
