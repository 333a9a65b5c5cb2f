using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PelNas.Cli.Hosting;
using PelNas.Shared.Llm;
using PelNas.Shared.Llm.Diagnosis;
using PelNas.Shared.Llm.Providers;

namespace PelNas.Cli.Commands;

/// <summary><c>pelnas doctor</c>: checks the configured proposer with one tiny call.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        ProposerOptions proposer = new();
        Option<bool> json = CommonOptions.Json();
        Command command = new(
            "doctor",
            """
            Check the configured proposer with one tiny call, and say what is wrong and how to mend it.

            Settings come from the environment (PelNas__Chat__Provider, ...Endpoint, ...Model, ...ApiKey) and user secrets;
            docs/providers.md describes them. Exit 0 when a search can run, 1 when not.

            Example:
              export PelNas__Chat__ApiKey=...
              pelnas doctor --proposer azure-openai --endpoint https://my-resource.openai.azure.com --model my-deployment
            """)
        {
            json,
        };
        command.AddAll(proposer.All);

        command.SetAction(async (ParseResult parsed, CancellationToken cancellationToken) =>
        {
            using ScratchFolder scratch = new();
            using IHost host = LocalApp.Build(scratch.Path, "", scratch.File("doctor.db"), LogLevel.Warning, proposer.Read(parsed));

            // Reading the options checks them. The host is not started: no orchestration is to run.
            ChatProviderOptions options = host.Services.GetRequiredService<IOptions<ChatProviderOptions>>().Value;
            ProviderDiagnosis diagnosis = await ExamineAsync(host.Services, options, cancellationToken);
            Verbs.Write(parsed.GetValue(json), diagnosis, () => Write(diagnosis));
            return diagnosis.IsHealthy ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<ProviderDiagnosis> ExamineAsync(
        IServiceProvider services, ChatProviderOptions options, CancellationToken cancellationToken)
    {
        if (options.Provider == ChatProviders.Offline)
        {
            Finding finding = new(
                "call", Verdict.Good,
                "none to make: the offline proposer needs no network and is no LLM; "
                    + $"--proposer or {ChatProviderOptions.Section}:Provider chooses one");
            return new ProviderDiagnosis(ChatProviders.Offline, null, [finding], null, null, ModelPrice.Free(ChatProviders.Offline));
        }

        using IChatClient client = services.GetRequiredService<ChatPipeline>().CreateUncached(options);
        return await ProviderDoctor.ExamineAsync(client, options, cancellationToken);
    }

    private static void Write(ProviderDiagnosis diagnosis)
    {
        Console.Out.WriteLine($"proposer {diagnosis.Proposer}{(diagnosis.Endpoint is null ? "" : $" at {diagnosis.Endpoint}")}");
        foreach (Finding finding in diagnosis.Findings)
        {
            string mark = finding.Verdict switch { Verdict.Good => "ok", Verdict.Warning => "warning", _ => "FAULT" };
            Console.Out.WriteLine($"{mark,-8} {finding.What}: {finding.Detail}");
        }
    }
}
