using PelNas.Shared.Tests.Proposer;

namespace PelNas.Shared.Tests.Llm.Faults;

/// <summary>Bodies with status 200 that are JSON but no answer. The SDKs throw all kinds of exceptions at them.</summary>
public sealed class UnusableBodyTests
{
    private const string Usage = "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":0,\"total_tokens\":5}";
    private const string Head = "\"id\":\"1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4.1-mini\"";

    public static TheoryData<string, string> Bodies
    {
        get
        {
            TheoryData<string, string> bodies = [];
            foreach (string provider in new[] { ChatProviders.OpenAI, ChatProviders.AzureOpenAI })
            {
                bodies.Add(provider, "null");
                bodies.Add(provider, "");
                bodies.Add(provider, "[]");
                bodies.Add(provider, "{}");
                bodies.Add(provider, $$"""{ {{Head}},"choices":null,{{Usage}} }""");
                bodies.Add(provider, $$"""{ {{Head}},"choices":[null],{{Usage}} }""");
                bodies.Add(provider, $$"""{ {{Head}},"choices":[{"index":0,"message":null,"finish_reason":"stop"}],{{Usage}} }""");
                bodies.Add(
                    provider,
                    $$"""{ {{Head}},"choices":[{"index":0,"message":{"role":null,"content":null},"finish_reason":null}],{{Usage}} }""");
            }

            bodies.Add(ChatProviders.Ollama, "null");
            bodies.Add(ChatProviders.Ollama, "");
            bodies.Add(ChatProviders.Ollama, "[]");
            bodies.Add(ChatProviders.Ollama, "{}");
            bodies.Add(ChatProviders.Ollama, """{"model":"gpt-4.1-mini","message":null,"done":true}""");
            bodies.Add(ChatProviders.Ollama, """{"model":"gpt-4.1-mini","message":{"role":null,"content":null},"done":true}""");
            return bodies;
        }
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_is_no_answer_is_a_bad_answer_charged_at_its_most(string provider, string body)
    {
        await using PipelineHarness harness = await PipelineHarness.StartAsync(provider, _ => new Raw(body));

        (await Record.ExceptionAsync(async () => (await harness.AskAsync()).Text.ShouldBeEmpty()) is null
            or BadAnswerException { Fault.Kind: FaultKind.Malformed })
            .ShouldBeTrue();

        harness.Model.Requests.Count.ShouldBe(1);
        harness.Spending.Spent.Calls.ShouldBe(1);
        harness.Spending.InFlight.ShouldBeNull();
    }
}
