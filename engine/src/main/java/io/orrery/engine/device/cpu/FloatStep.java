package io.orrery.engine.device.cpu;

import io.orrery.engine.worker.Workers;

/** A call bound to arrays, ready to run in one part or many. */
interface FloatStep extends Workers.Task {}
