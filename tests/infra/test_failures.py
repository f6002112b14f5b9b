"""Nothing that fails is lost: every queue, mapping, rule, schedule and asynchronous call has a place for it."""

from tests.infra.assembly import Assembly

# Lambda retries while it is throttled; a message must not come back before that has ended.
_VISIBILITY_FACTOR = 6


def _dead_letter_queues(assembly: Assembly) -> set[str]:
    return {
        name
        for name in assembly.of("AWS::SQS::Queue")
        if "DeadLetters" in name.split("/")[1] or "Failures" in name.split("/")[1]
    }


def test_every_work_queue_has_a_dead_letter_queue_of_its_own_kind(assembly: Assembly) -> None:
    queues = assembly.of("AWS::SQS::Queue")
    work = {name: queue for name, queue in queues.items() if name not in _dead_letter_queues(assembly)}
    assert len(work) == 8
    for queue in work.values():
        target, letters = assembly.queue(queue["RedrivePolicy"]["deadLetterTargetArn"])
        assert target in _dead_letter_queues(assembly)
        assert letters.get("FifoQueue") == queue.get("FifoQueue")
        assert letters["MessageRetentionPeriod"] == 14 * 86400
        assert queue["RedrivePolicy"]["maxReceiveCount"] >= 3


def test_dead_letters_have_no_dead_letters(assembly: Assembly) -> None:
    for name in _dead_letter_queues(assembly):
        assert "RedrivePolicy" not in assembly.of("AWS::SQS::Queue")[name]


def test_queues_wait_six_times_as_long_as_their_function_may_take(assembly: Assembly) -> None:
    functions = {name.split("/")[1]: properties for name, properties in assembly.of("AWS::Lambda::Function").items()}
    checked = 0
    for mapping in assembly.of("AWS::Lambda::EventSourceMapping").values():
        if "FunctionResponseTypes" in mapping:
            _, queue = assembly.queue(mapping["EventSourceArn"])
            timeout = functions[mapping["FunctionName"]["Ref"]]["Timeout"]
            assert queue["VisibilityTimeout"] >= _VISIBILITY_FACTOR * timeout
            checked += 1
    assert checked == 8


def test_queue_mappings_report_single_failures_and_bound_their_concurrency(assembly: Assembly) -> None:
    mappings = [
        mapping
        for mapping in assembly.of("AWS::Lambda::EventSourceMapping").values()
        if "StartingPosition" not in mapping
    ]
    assert len(mappings) == 8
    for mapping in mappings:
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert 2 <= mapping["ScalingConfig"]["MaximumConcurrency"] <= 1000


def test_the_catalogs_stream_passes_postings_only_and_keeps_what_fails(assembly: Assembly) -> None:
    [mapping] = [
        mapping for mapping in assembly.of("AWS::Lambda::EventSourceMapping").values() if "StartingPosition" in mapping
    ]
    [only] = mapping["FilterCriteria"]["Filters"]
    assert only["Pattern"] == '{"dynamodb":{"Keys":{"SK":{"S":["POSTING"]}}}}'
    target, _ = assembly.queue(mapping["DestinationConfig"]["OnFailure"]["Destination"])
    assert target in _dead_letter_queues(assembly)
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 0 < mapping["MaximumRetryAttempts"] < 100
    [catalog] = [table for name, table in assembly.of("AWS::DynamoDB::Table").items() if "/Catalog" in name]
    assert catalog["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}


def test_every_target_of_every_rule_has_a_dead_letter_queue(assembly: Assembly) -> None:
    rules = assembly.of("AWS::Events::Rule")
    assert len(rules) == 5
    for rule in rules.values():
        for target in rule["Targets"]:
            name, _ = assembly.queue(target["DeadLetterConfig"]["Arn"])
            assert name in _dead_letter_queues(assembly)


def test_the_bus_may_send_to_every_queue_that_a_rule_names(assembly: Assembly) -> None:
    """A queue that does not let the bus in loses events without a trace."""
    open_to_bus = {
        reference["Ref"]
        for policy in assembly.of("AWS::SQS::QueuePolicy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow" and statement["Principal"] == {"Service": "events.amazonaws.com"}
        for reference in policy["Queues"]
    }
    named = {
        reference["Fn::GetAtt"][0]
        for rule in assembly.of("AWS::Events::Rule").values()
        for target in rule["Targets"]
        for reference in (target["Arn"], target["DeadLetterConfig"]["Arn"])
    }
    queues = {name.split("/")[1] for name in assembly.of("AWS::SQS::Queue")}
    assert named & queues == open_to_bus


def test_every_schedule_has_a_dead_letter_queue_and_a_role_of_its_own(assembly: Assembly) -> None:
    schedules = assembly.of("AWS::Scheduler::Schedule")
    assert len(schedules) == 3
    for schedule in schedules.values():
        name, _ = assembly.queue(schedule["Target"]["DeadLetterConfig"]["Arn"])
        assert name in _dead_letter_queues(assembly)
    assert len({str(schedule["Target"]["RoleArn"]) for schedule in schedules.values()}) == 3


def test_functions_that_are_called_asynchronously_keep_what_they_could_not_process(assembly: Assembly) -> None:
    waking = {str(target["Arn"]) for rule in assembly.of("AWS::Events::Rule").values() for target in rule["Targets"]}
    waking |= {str(schedule["Target"]["Arn"]) for schedule in assembly.of("AWS::Scheduler::Schedule").values()}
    kept = assembly.of("AWS::Lambda::EventInvokeConfig").values()
    named = {configuration["FunctionName"]["Ref"] for configuration in kept}
    asynchronous = {
        name.split("/")[1]
        for name in assembly.of("AWS::Lambda::Function")
        if any(name.split("/")[1] in arn for arn in waking)
    }
    assert asynchronous == named
    assert len(named) == 3
    for configuration in kept:
        target, _ = assembly.queue(configuration["DestinationConfig"]["OnFailure"]["Destination"])
        assert target in _dead_letter_queues(assembly)


def test_production_wakes_somebody_for_every_dead_letter_queue(production: Assembly) -> None:
    watched = {
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in production.of("AWS::CloudWatch::Alarm").values()
        for dimension in alarm["Dimensions"]
    }
    assert watched == {name.split("/")[1] for name in _dead_letter_queues(production)}


def test_alarms_may_publish_to_their_topic(production: Assembly) -> None:
    """A topic with a policy of its own loses the default one, which lets alarms in."""
    [policy] = production.of("AWS::SNS::TopicPolicy").values()
    [allowed] = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
    assert allowed["Action"] == "sns:Publish"
    assert allowed["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    topics = {
        str(action) for alarm in production.of("AWS::CloudWatch::Alarm").values() for action in alarm["AlarmActions"]
    }
    assert topics == {str(topic) for topic in policy["Topics"]}


def test_a_collection_that_goes_on_later_keeps_what_could_not_be_sent(assembly: Assembly) -> None:
    variables = assembly.functions()["collect_source"]["Environment"]["Variables"]
    name, letters = assembly.queue(variables["CONTINUATION_LETTERS_ARN"])
    assert name in _dead_letter_queues(assembly)
    # A schedule refuses a FIFO queue for what it could not deliver.
    assert "FifoQueue" not in letters
    [group] = assembly.of("AWS::Scheduler::ScheduleGroup").values()
    assert variables["CONTINUATION_GROUP"] == group["Name"]
