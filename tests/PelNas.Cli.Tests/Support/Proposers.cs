namespace PelNas.Cli.Tests.Support;

/// <summary>The arguments that name a proposer.</summary>
internal static class Proposers
{
    public static string[] OpenAI(LoopbackModel model)
        => ["--proposer", "openai", "--model", LoopbackModel.Model, "--endpoint", new Uri(model.BaseUri, "/v1").ToString()];
}
