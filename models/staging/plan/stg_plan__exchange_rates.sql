{{ crm_warehouse.accepted('plan', 'exchange_rates') }}
