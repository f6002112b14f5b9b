"""A queue that hears everything that the product tells an event bus."""

from contextlib import suppress

from jobtracker.aws import clients


def heard(bus: str = "jobtracker") -> str:
    """The address of a queue that gets every event of the bus from now on; the bus is made where it is not there."""
    with suppress(clients.events().exceptions.ResourceAlreadyExistsException):
        clients.events().create_event_bus(Name=bus)
    queue = clients.sqs().create_queue(QueueName="events")["QueueUrl"]
    told = clients.sqs().get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    clients.events().put_rule(Name="all", EventBusName=bus, EventPattern='{"source":["jobtracker"]}')
    clients.events().put_targets(Rule="all", EventBusName=bus, Targets=[{"Id": "queue", "Arn": told["QueueArn"]}])
    return queue
