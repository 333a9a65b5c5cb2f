using Microsoft.Azure.Functions.Worker;
using PelNas.Functions.Telemetry;

namespace PelNas.Functions.Tests.Telemetry;

/// <summary>What the spans of steps ask of the activities. What is on them is in <see cref="SearchTraceTests"/>.</summary>
public sealed class StepSpansTests
{
    [Fact]
    public void Every_activity_takes_an_input_that_says_where_its_step_is()
    {
        ParameterInfo[] inputs =
        [
            .. typeof(StepPlace).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters())
                .Where(parameter => parameter.GetCustomAttribute<ActivityTriggerAttribute>() is not null),
        ];
        inputs.ShouldNotBeEmpty();
        inputs.Where(input => !input.ParameterType.IsAssignableTo(typeof(IStepInput)))
            .Select(input => input.Member.DeclaringType!.Name).ShouldBeEmpty();
    }
}
