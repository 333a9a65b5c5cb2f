namespace PelNas.Cli.Tests.Support;

/// <summary>Reads result.json as any other program would.</summary>
public static class ResultDocument
{
    public static JsonObject Read(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "result.json")))!.AsObject();

    /// <summary>The document without what differs between two runs of the same search.</summary>
    public static string Comparable(string folder)
    {
        JsonObject result = Read(folder);
        foreach (string name in new[] { "runId", "startedAt", "finishedAt" })
        {
            result.Remove(name).ShouldBeTrue();
        }

        return result.ToJsonString();
    }

    public static double Metric(this JsonObject result, string name) => result["metrics"]![name]!.GetValue<double>();

    public static int Count(this JsonObject result, string name) => result["counts"]![name]!.GetValue<int>();
}
