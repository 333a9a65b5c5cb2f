using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using PelNas.Local.Worker;
using PelNas.Local.Worker.Catalog;

namespace PelNas.Local.Tests.Worker.Catalog;

public sealed class FunctionCatalogTests
{
    private static readonly IConfiguration Settings = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Nightly"] = "0 30 2 * * *" })
        .Build();

    [Fact]
    public void Every_kind_of_function_is_found_in_static_and_instance_classes()
    {
        var catalog = Create(typeof(Good), typeof(GoodStatic));

        catalog.Http.Single().ShouldSatisfyAllConditions(
            function => function.Name.ShouldBe("Web"),
            function => function.Route.RawText.ShouldBe("api/web/{id}"),
            function => function.HttpMethods.ShouldBe(["GET", "POST"]),
            function => function.Level.ShouldBe(AuthorizationLevel.Function));
        catalog.Timers.Single().Name.ShouldBe("Clock");
        catalog.Orchestrators.Keys.ShouldBe(["Plan"]);
        catalog.Orchestrators.ContainsKey("PLAN").ShouldBeTrue();
        catalog.Activities.Keys.ShouldBe(["Step"]);
    }

    [Fact]
    public void The_functions_of_an_assembly_are_found()
    {
        var options = new LocalHostOptions { FunctionsAssembly = typeof(FunctionCatalogTests).Assembly };

        // This assembly holds the wrong declarations below, and all of them are told at once.
        var message = Should.Throw<FunctionDefinitionException>(() => FunctionCatalog.Create(options, Settings)).Message;

        message.ShouldContain(typeof(NotPublic).FullName!);
        message.ShouldContain(typeof(TwoTriggers).FullName!);
    }

    [Theory]
    [InlineData(typeof(NoTrigger), "has 0 trigger parameters; give exactly one")]
    [InlineData(typeof(TwoTriggers), "has 2 trigger parameters; give exactly one")]
    [InlineData(typeof(NotPublic), "make it public")]
    [InlineData(typeof(AsyncVoid), "return Task")]
    [InlineData(typeof(BadName), "its name must begin with a letter")]
    [InlineData(typeof(Unbindable), "parameter 'Uri where' cannot be bound; take services in the constructor")]
    [InlineData(typeof(WrongTriggerType), "parameter 'request': [HttpTrigger] needs a HttpRequest, not a String")]
    [InlineData(typeof(WrongClientType), "parameter 'client': [DurableClient] needs a DurableTaskClient, not a Object")]
    [InlineData(typeof(ClientInOrchestrator), "an orchestrator cannot use a client")]
    [InlineData(typeof(PlainResult), "wrap the value in Results.Ok(...)")]
    [InlineData(typeof(UserLevel), "the authorization level User has no keys here; use Function, Admin or Anonymous")]
    [InlineData(typeof(BadRoute), "the route 'a/{b' is not valid")]
    [InlineData(typeof(HostRoute), "belong to the host")]
    [InlineData(typeof(OptionalNotNullable), "route parameter 'k' is optional; make it 'Int32?'")]
    [InlineData(typeof(RouteTypeWithoutText), "take a string")]
    [InlineData(typeof(BadSchedule), "the schedule '* * * * *' must have six fields")]
    [InlineData(typeof(MissingSetting), "the schedule names the setting 'Missing', which is not there; set it")]
    [InlineData(typeof(SameRoute), "functions 'First' and 'Second' serve the same route 'api/Same' with the same method")]
    [InlineData(typeof(SameName), "functions 'Twin' and 'TWIN' have the same name")]
    [InlineData(typeof(SameActivity), "functions 'One' and 'Two' are both activities of one name")]
    public void A_wrong_declaration_is_refused_with_the_function_and_the_fix(Type functions, string expected) =>
        Should.Throw<FunctionDefinitionException>(() => Create(functions)).Message.ShouldContain(expected);

    [Fact]
    public void The_refusal_names_the_function_and_its_method() =>
        Should.Throw<FunctionDefinitionException>(() => Create(typeof(NoTrigger))).Message.ShouldContain(
            $"function 'Idle' ({typeof(NoTrigger).FullName}.Run)");

    [Fact]
    public void A_schedule_may_come_from_a_setting() =>
        Create(typeof(NamedSchedule)).Timers.Single().Schedule.NextAfter(new DateTime(2026, 1, 1)).ShouldBe(new DateTime(2026, 1, 1, 2, 30, 0));

    private static FunctionCatalog Create(params Type[] types) => FunctionCatalog.Create(types, "api", Settings);

    internal sealed class Good
    {
        [Function("Web")]
        public Task<IResult> WebAsync(
            [HttpTrigger("get", "post", "GET", Route = "/web/{id}")] HttpRequest request,
            [DurableClient] DurableTaskClient client,
            FunctionContext context,
            Guid id,
            CancellationToken cancellationToken) => throw new NotSupportedException();

        [Function("Clock")]
        public void Clock([TimerTrigger("0 0 * * * *")] TimerInfo timer) => throw new NotSupportedException();

        public void NotAFunction(Uri anything) => throw new NotSupportedException();
    }

    internal static class GoodStatic
    {
        [Function(nameof(Plan))]
        public static Task Plan([OrchestrationTrigger] TaskOrchestrationContext context, string input) => Task.CompletedTask;

        [Function("StepFunction")]
        public static int Step([ActivityTrigger(Activity = "Step")] int input, string instanceId, FunctionContext context) => input;
    }

    internal sealed class NoTrigger
    {
        [Function("Idle")]
        public void Run(FunctionContext context) => throw new NotSupportedException();
    }

    internal sealed class TwoTriggers
    {
        [Function("Two")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer, [ActivityTrigger] string input) => throw new NotSupportedException();
    }

    internal sealed class NotPublic
    {
        [Function("Hidden")]
        internal void Run([ActivityTrigger] string input) => throw new NotSupportedException();
    }

    internal sealed class AsyncVoid
    {
        [Function("Lost")]
        public async void Run([ActivityTrigger] string input) => await Task.Yield();
    }

    internal sealed class BadName
    {
        [Function("1 two")]
        public void Run([ActivityTrigger] string input) => throw new NotSupportedException();
    }

    internal sealed class Unbindable
    {
        [Function("Unbindable")]
        public IResult Run([HttpTrigger] HttpRequest request, Uri where) => throw new NotSupportedException();
    }

    internal sealed class WrongTriggerType
    {
        [Function("WrongTriggerType")]
        public IResult Run([HttpTrigger] string request) => throw new NotSupportedException();
    }

    internal sealed class WrongClientType
    {
        [Function("WrongClientType")]
        public IResult Run([HttpTrigger] HttpRequest request, [DurableClient] object client) => throw new NotSupportedException();
    }

    internal sealed class ClientInOrchestrator
    {
        [Function("ClientInOrchestrator")]
        public Task Run([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client) => throw new NotSupportedException();
    }

    internal sealed class PlainResult
    {
        [Function("PlainResult")]
        public Task<string> Run([HttpTrigger] HttpRequest request) => throw new NotSupportedException();
    }

    internal sealed class UserLevel
    {
        [Function("UserLevel")]
        public IResult Run([HttpTrigger(AuthorizationLevel.User)] HttpRequest request) => throw new NotSupportedException();
    }

    internal sealed class BadRoute
    {
        [Function("BadRoute")]
        public IResult Run([HttpTrigger(Route = "a/{b")] HttpRequest request) => throw new NotSupportedException();
    }

    internal sealed class HostRoute
    {
        [Function("HostRoute")]
        public IResult Run([HttpTrigger(Route = "Administration/users")] HttpRequest request) => throw new NotSupportedException();
    }

    internal sealed class OptionalNotNullable
    {
        [Function("OptionalNotNullable")]
        public IResult Run([HttpTrigger(Route = "a/{k?}")] HttpRequest request, int k) => throw new NotSupportedException();
    }

    internal sealed class RouteTypeWithoutText
    {
        [Function("RouteTypeWithoutText")]
        public IResult Run([HttpTrigger(Route = "a/{k}")] HttpRequest request, Stream k) => throw new NotSupportedException();
    }

    internal sealed class BadSchedule
    {
        [Function("BadSchedule")]
        public void Run([TimerTrigger("* * * * *")] TimerInfo timer) => throw new NotSupportedException();
    }

    internal sealed class MissingSetting
    {
        [Function("MissingSetting")]
        public void Run([TimerTrigger("%Missing%")] TimerInfo timer) => throw new NotSupportedException();
    }

    internal sealed class NamedSchedule
    {
        [Function("NamedSchedule")]
        public void Run([TimerTrigger("%Nightly%")] TimerInfo timer) => throw new NotSupportedException();
    }

    internal sealed class SameRoute
    {
        [Function("First")]
        public IResult First([HttpTrigger("get", Route = "Same")] HttpRequest request) => throw new NotSupportedException();

        [Function("Second")]
        public IResult Second([HttpTrigger("get", "post", Route = "same")] HttpRequest request) => throw new NotSupportedException();
    }

    internal sealed class SameName
    {
        [Function("Twin")]
        public void First([ActivityTrigger] string input) => throw new NotSupportedException();

        [Function("TWIN")]
        public void Second([TimerTrigger("0 0 * * * *")] TimerInfo timer) => throw new NotSupportedException();
    }

    internal sealed class SameActivity
    {
        [Function("One")]
        public void First([ActivityTrigger] string input) => throw new NotSupportedException();

        [Function("Two")]
        public void Second([ActivityTrigger(Activity = "one")] string input) => throw new NotSupportedException();
    }
}
