{{ crm_warehouse.accepted('plan', 'costs') }}
