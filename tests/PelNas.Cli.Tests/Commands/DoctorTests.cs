namespace PelNas.Cli.Tests.Commands;

public sealed class DoctorTests : PelnasTest
{
    public static TheoryData<string, string, ModelTurn, string> Faults => new()
    {
        {
            "azure-openai", "no-such-deployment", new Answer(""),
            "has no deployment 'no-such-deployment' (HTTP 404 (DeploymentNotFound))"
        },
        { "openai", LoopbackModel.Model, new Answer("", "length"), "set PelNas:Chat:ReasoningTokens" },
        { "openai", LoopbackModel.Model, Known.NoSchema, "set PelNas:Chat:StructuredOutput to false" },
    };

    [Theory]
    [InlineData("azure-openai")]
    [InlineData("openai")]
    [InlineData("ollama")]
    public async Task A_healthy_provider_is_good_in_one_call(string provider)
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("{\"answer\": 7}"), isOpen: provider == "openai");

        Finished doctor = (await RunAsync(model, provider)).ShouldSucceed();
        doctor.Output.ShouldContain("ok       call:");
        doctor.Output.ShouldContain("ok       structured output:");
        doctor.Output.Contains("ok       context:", StringComparison.Ordinal).ShouldBe(provider == "ollama");
        doctor.Output.ShouldContain($"{model.Bill.InputTokens} + {model.Bill.OutputTokens} tokens");
        model.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_key_is_named_with_its_mending_and_not_shown()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => Known.WrongKey(Dialect.AzureOpenAI));

        Finished doctor = await RunAsync(model, "azure-openai");

        doctor.ExitCode.ShouldBe(1);
        doctor.Output.ShouldContain("FAULT    call: azure-openai at 127.0.0.1");
        doctor.Output.ShouldContain("PelNas:Chat:ApiKey");
        (doctor.Output + doctor.Errors).ShouldNotContain(LoopbackModel.Key);
    }

    [Theory]
    [InlineData("azure-openai")]
    [InlineData("openai")]
    public async Task A_key_that_is_quoted_back_wherever_it_can_be_is_not_shown(string provider)
    {
        await using LoopbackModel model =
            await LoopbackModel.StartAsync(_ => new Refused(403, LoopbackModel.Key, LoopbackModel.Key, ("x-key", LoopbackModel.Key)));
        Pelnas.Environment["PelNas__Chat__ApiKey"] = LoopbackModel.Key;

        Finished doctor = await RunAsync(model, provider);

        doctor.ExitCode.ShouldBe(1);
        (doctor.Output + doctor.Errors).ShouldNotContain(LoopbackModel.Key);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_named_with_what_to_change(string provider, string model, ModelTurn answer, string expected)
    {
        await using LoopbackModel server = await LoopbackModel.StartAsync(_ => answer, isOpen: provider == "openai");

        Finished doctor = await RunAsync(server, provider, model);

        doctor.ExitCode.ShouldBe(1);
        doctor.Output.ShouldContain(expected);
    }

    [Fact]
    public async Task An_unreachable_service_is_named()
    {
        using ClosedPort nobody = new();

        Finished doctor = await Pelnas.RunAsync("doctor", "--proposer", "ollama", "--model", "m", "--endpoint", $"{nobody.Address}");

        doctor.ExitCode.ShouldBe(1);
        doctor.Output.ShouldContain("cannot be reached");
        doctor.Output.ShouldContain("ollama serve");
    }

    [Fact]
    public async Task A_model_that_heeds_no_schema_is_a_warning()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("Seven, of course!"), isOpen: true);

        (await RunAsync(model, "openai")).ShouldSucceed().Output.ShouldContain(
            "warning  structured output: the answer is not JSON by the schema");
    }

    [Theory]
    [InlineData("openai", "0")]
    [InlineData("azure-openai", "-3")]
    [InlineData("ollama", "2000000000")]
    public async Task Counts_that_cannot_be_true_are_a_warning(string provider, string count)
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(
            _ => new Answer("{\"answer\": 7}", Claim: new(count, count)), isOpen: true);

        (await RunAsync(model, provider)).ShouldSucceed().Output.ShouldContain(
            "warning  token counts: the provider counts no tokens, or gives counts that cannot be true");
    }

    [Fact]
    public async Task A_context_that_the_model_does_not_have_is_a_warning()
    {
        await using LoopbackModel model = await LoopbackModel.StartAsync(_ => new Answer("{\"answer\": 7}"));
        Pelnas.Environment["PelNas__Chat__ContextTokens"] = $"{2 * LoopbackModel.ContextTokens}";

        (await RunAsync(model, "ollama")).ShouldSucceed().Output.ShouldContain(
            $"warning  context: the model takes {LoopbackModel.ContextTokens} tokens");
    }

    [Fact]
    public async Task Bad_settings_are_bad_usage_and_named()
    {
        Finished doctor = await Pelnas.RunAsync(
            "doctor", "--proposer", "azure-openai", "--endpoint", "http://my-resource.openai.azure.com", "--model", "m");

        doctor.ShouldFail(2, "--endpoint (PelNas:Chat:Endpoint): it is not https");
    }

    [Fact]
    public async Task The_offline_proposer_is_said_to_be_no_LLM()
    {
        (await Pelnas.RunAsync("doctor")).ShouldSucceed().Output.ShouldContain("is no LLM");
    }

    private Task<Finished> RunAsync(LoopbackModel model, string provider, string deployment = LoopbackModel.Model)
    {
        if (provider == "azure-openai")
        {
            Pelnas.Environment["PelNas__Chat__ApiKey"] = LoopbackModel.Key;
        }

        string endpoint = provider == "openai" ? new Uri(model.BaseUri, "/v1").ToString() : model.BaseUri.ToString();
        return Pelnas.RunAsync("doctor", "--proposer", provider, "--endpoint", endpoint, "--model", deployment);
    }
}
